import type { CallClass } from "../../src/inbound/classify.js";

/** A message with what a person makes of it. */
export interface Labelled {
  language: string;
  class: CallClass;
  /** Whether the human has something to do. */
  followUp: boolean;
  name?: string;
  raw: {
    content?: string;
    summary?: string;
    transcript?: string;
    from_phone?: string;
    from?: string;
    call_id?: string;
  };
}

const text = (
  language: string,
  expected: CallClass,
  followUp: boolean,
  content: string,
  name?: string,
): Labelled => ({
  language,
  class: expected,
  followUp,
  raw: { content, from_phone: "+14155550199" },
  ...(name !== undefined && { name }),
});

const call = (
  language: string,
  expected: CallClass,
  followUp: boolean,
  summary: string,
  transcript: string,
  name?: string,
): Labelled => ({
  language,
  class: expected,
  followUp,
  raw: { call_id: "c", from: "+14155550199", summary, transcript },
  ...(name !== undefined && { name }),
});

/** Written before the rules were tried on them, and read while the rules were made better. */
export const KNOWN: readonly Labelled[] = [
  call(
    "en",
    "important",
    true,
    "The caller is an HR rep wanting to confirm an interview at 2 PM tomorrow.",
    "Caller: Hi, this is Mika Oda from Northwind, I'm calling about the interview tomorrow at 2 pm.\nAI: I am an AI assistant. May I take a message?\nCaller: Please call me back to confirm.",
    "Mika Oda",
  ),
  text(
    "en",
    "spam",
    false,
    "We've been trying to reach you about your car's extended warranty. Press 1 to speak to a representative.",
  ),
  text("en", "general", false, "Sorry, wrong number."),
  text(
    "en",
    "general",
    true,
    "Hi, it's Tom Baker. Nothing urgent, just call me back when you have time.",
    "Tom Baker",
  ),
  call(
    "en",
    "spam",
    false,
    "A telemarketer offered a business loan.",
    "Caller: You are pre-approved for a business loan of up to 50,000 dollars. Act now.\nAI: I will pass it on.",
  ),
  text(
    "de",
    "important",
    true,
    "Hier ist die Praxis Dr. Weber. Ihre Laborwerte sind da, bitte rufen Sie uns heute noch zurück.",
  ),
  text(
    "de",
    "spam",
    false,
    "Herzlichen Glückwunsch, Sie haben gewonnen! Drücken Sie die 1, um Ihren Gewinn abzuholen.",
  ),
  call(
    "de",
    "general",
    true,
    "Der Anrufer hat eine Frage zu den Öffnungszeiten und bittet um Rückruf.",
    "Anrufer: Guten Tag, mein Name ist Peter Krause. Ich wollte wissen, ob Sie am Samstag offen haben.\nKI: Ich richte es aus.",
    "Peter Krause",
  ),
  text("de", "general", false, "Entschuldigung, ich habe mich verwählt."),
  text(
    "fr",
    "important",
    true,
    "Bonjour, ici Claire Martin du lycée. Votre fils a eu un accident, rappelez-nous au plus vite.",
    "Claire Martin",
  ),
  text(
    "fr",
    "spam",
    false,
    "Vous pouvez bénéficier de panneaux solaires gratuits. Tapez 1 pour parler à un conseiller.",
  ),
  text("fr", "general", false, "Pardon, je me suis trompé de numéro."),
  call(
    "fr",
    "general",
    true,
    "L'appelant voudrait savoir le prix d'une coupe et demande un rappel.",
    "Appelant: Bonjour, je m'appelle Luc Petit. Quel est le prix d'une coupe ?\nIA: Je transmets.",
    "Luc Petit",
  ),
  text(
    "es",
    "important",
    true,
    "Soy Ana López del colegio. Es urgente, por favor llámeme lo antes posible.",
    "Ana López",
  ),
  text(
    "es",
    "spam",
    false,
    "Usted ha sido seleccionado para un préstamo preaprobado. Marque 1 para más información.",
  ),
  text("es", "general", false, "Perdón, me he equivocado de número."),
  text(
    "es",
    "general",
    true,
    "Hola, me llamo Jorge Ruiz. Quería saber si tienen mesa para cuatro. ¿Me puede devolver la llamada?",
    "Jorge Ruiz",
  ),
  text(
    "ja",
    "important",
    true,
    "さくら病院の田中と申します。検査結果が出ましたので、至急折り返しお電話ください。",
    "田中",
  ),
  text("ja", "spam", false, "太陽光パネルの特別キャンペーンのご案内です。今なら無料でお見積もりいたします。"),
  text("ja", "general", false, "すみません、番号を間違えました。"),
  text(
    "ja",
    "general",
    true,
    "山田と申します。営業時間についてお伺いしたいので、お電話ください。急ぎではありません。",
    "山田",
  ),
  text("zh", "important", true, "您好，我是市医院的李明，检查结果出来了，请尽快回电。", "李明"),
  text("zh", "spam", false, "恭喜您获得低息贷款资格，最高五十万，请按1咨询。"),
  text("zh", "general", false, "不好意思，打错了。"),
  text("zh", "general", true, "你好，我叫王芳，想咨询一下营业时间，方便的话请回电。", "王芳"),
];

/** Written at the same time, and looked at only after the rules were done. */
export const UNSEEN: readonly Labelled[] = [
  call(
    "en",
    "important",
    true,
    "The caller reported that water is leaking from the flat above.",
    "AI: Hello, how can I help?\nCaller: This is Susan Field from apartment 3. There is a water leak coming through my ceiling, please get somebody here as soon as possible.",
    "Susan Field",
  ),
  text(
    "en",
    "spam",
    false,
    "This is the Social Security Administration. Your number has been suspended due to suspicious activity. Please provide your PIN to avoid arrest.",
  ),
  text(
    "en",
    "spam",
    false,
    "Hello, we help small businesses get on the first page of Google. Would you like a free quote?",
  ),
  text("en", "general", true, "Hi, I saw your ad for the bicycle. Is it still available?"),
  text(
    "en",
    "general",
    false,
    "Hey, it's Joe Miller, just wanted to say happy birthday. No need to call back.",
    "Joe Miller",
  ),
  text(
    "en",
    "important",
    true,
    "Good morning, Dr. Chen's office calling to confirm your appointment tomorrow at 9:30. Please call back if you need to reschedule.",
  ),
  text(
    "en",
    "important",
    true,
    "Officer Daniels, county police. Your vehicle was involved in an incident; reach me at 415 555 0134.",
  ),
  call(
    "en",
    "general",
    true,
    "The caller asked about pricing for a wedding photographer.",
    "Caller: Hello, how much is a full day?\nAI: I will take a note.\nCaller: Great, I'm Priya Shah, let me know.",
    "Priya Shah",
  ),
  text("en", "spam", false, "You've won a free cruise! Call now and claim your prize with a gift card."),
  text("en", "general", false, "Delivered your parcel to the front desk. Have a nice day."),
  text(
    "de",
    "important",
    true,
    "Guten Tag, Kanzlei Vogel. Der Gerichtstermin wurde verlegt, melden Sie sich bitte umgehend.",
  ),
  text(
    "de",
    "spam",
    false,
    "Ein exklusives Angebot: Wechseln Sie jetzt und sparen Sie mit unserem Tarif, kostenlos und unverbindlich.",
  ),
  text(
    "de",
    "general",
    true,
    "Hallo, hier ist Jonas Meyer. Ich habe Ihre Anzeige gesehen. Ist die Wohnung noch frei?",
    "Jonas Meyer",
  ),
  text("de", "general", false, "Das Paket liegt beim Nachbarn. Einen schönen Tag noch."),
  text(
    "de",
    "important",
    true,
    "Hier spricht Frau Lange aus der Kita. Ihre Tochter hat Fieber, können Sie sie heute früher abholen?",
  ),
  call(
    "de",
    "spam",
    false,
    "Ein Werbeanruf zu Geldanlagen.",
    "Anrufer: Möchten Sie in Bitcoin investieren? Die Rendite ist sicher.\nKI: Kein Interesse.",
  ),
  text("de", "general", true, "Müller, Autohaus Süd. Ihr Wagen ist fertig, wann holen Sie ihn ab?"),
  text("de", "general", false, "Ich rufe später noch einmal an."),
  text(
    "fr",
    "important",
    true,
    "Cabinet du docteur Roux : votre rendez-vous de demain est annulé, merci de rappeler pour en fixer un autre.",
  ),
  text(
    "fr",
    "spam",
    false,
    "Bonjour, vous avez des droits CPF à utiliser avant la fin du mois, profitez de notre offre gratuite sans engagement.",
  ),
  text("fr", "general", true, "Salut, c'est Paul Girard. Tu fais quoi samedi ? Rappelle-moi.", "Paul Girard"),
  text("fr", "general", false, "Votre colis est arrivé au point relais."),
  text(
    "fr",
    "important",
    true,
    "Gendarmerie de Lyon, nous avons retrouvé votre véhicule, veuillez nous contacter.",
  ),
  text(
    "fr",
    "spam",
    false,
    "Ceci est un message enregistré. Votre compte bancaire sera suspendu. Donnez-nous votre code secret.",
  ),
  text("fr", "general", true, "Bonjour, avez-vous encore des places pour l'atelier de poterie ?"),
  text("fr", "general", false, "Je vous rappellerai plus tard, merci."),
  text(
    "es",
    "important",
    true,
    "Le llamo del hospital General, su madre ha sido ingresada. Póngase en contacto con nosotros.",
  ),
  text("es", "spam", false, "Oferta exclusiva: placas solares con descuento y sin compromiso para su casa."),
  text(
    "es",
    "general",
    true,
    "Hola, soy Marta Gil, vi su anuncio del coche. ¿Sigue disponible?",
    "Marta Gil",
  ),
  text("es", "general", false, "Su paquete ha sido entregado en conserjería."),
  text(
    "es",
    "spam",
    false,
    "Ha ganado un sorteo. Para recibir el premio, dígame el código de verificación que le enviamos.",
  ),
  text(
    "es",
    "important",
    true,
    "De la clínica dental: su cita de mañana se tiene que cancelar, por favor llame para cambiar la fecha.",
  ),
  text("es", "general", false, "Nada importante, volveré a llamar por la noche."),
  text("es", "general", true, "Buenos días, quiero hacer una consulta sobre el horario. Espero su llamada."),
  text("ja", "important", true, "〇〇警察署です。お財布が届いておりますので、ご連絡をお願いいたします。"),
  text(
    "ja",
    "spam",
    false,
    "未納料金があります。本日中に電子マネーでお支払いがない場合、法的手続きに移行します。",
  ),
  text(
    "ja",
    "general",
    true,
    "佐藤さんからお電話がありました。見積もりについて質問があるとのことで、折り返しを希望しています。",
    "佐藤",
  ),
  text("ja", "general", false, "お荷物は宅配ボックスに入れておきました。"),
  text("ja", "general", false, "鈴木です。また改めてお電話します。"),
  text(
    "ja",
    "important",
    true,
    "株式会社ミライの人事部です。明日の面接の時間を変更させていただきたいのですが、ご連絡ください。",
  ),
  text(
    "ja",
    "spam",
    false,
    "不動産投資のご提案です。アンケートにお答えいただくと割引になります。営業時間内にお電話ください。",
  ),
  text("ja", "general", true, "すみません、今日は営業していますか？"),
  text("zh", "important", true, "我是派出所的，您的孩子在我们这里，请马上联系我们。"),
  text("zh", "spam", false, "稳赚不赔的内幕消息，加微信免费领取股票推荐。"),
  text("zh", "general", true, "请问二手自行车还在吗？"),
  text("zh", "general", false, "快递放在门口了，谢谢。"),
  text("zh", "important", true, "您好，我是星河公司的张伟，通知您明天上午十点面试，请回复确认。", "张伟"),
  text("zh", "spam", false, "您的银行卡将被冻结，请提供短信验证码到安全账户核实。"),
  text("zh", "general", false, "不急，我稍后再打给您。"),
  text("zh", "general", true, "我是小陈，周末一起吃饭吗？有空打给我。", "小陈"),
];
